import { expect, it } from 'vitest';
import { latestClv } from '../../pipeline/features/clv-artifact.ts';
import { temporaryWorkspace } from '../helpers/temporary-workspace.ts';

/** As Strata kept it before it told why there is no calibration. */
const before = {
  version: 1,
  asOf: '2025-01-01',
  customers: 40,
  purchases: { r: 0.24, alpha: 4.41, a: 0.79, b: 2.43 },
  value: { p: 6.25, q: 3.74, v: 15.4 },
  logLikelihood: -9582.4,
  warnings: [],
  calibration: null,
};

it('reads a CLV model that an earlier version fitted', async () => {
  const { writer } = (await temporaryWorkspace()).workspace;
  await writer.run(
    "insert into ops.clv_models values (1, timestamp '2025-01-02', date '2025-01-01', $artifact)",
    { artifact: JSON.stringify(before) },
  );
  expect((await latestClv(writer))?.model).toEqual({ ...before, notCalibrated: null });
});
