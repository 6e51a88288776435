import { AppError } from '../contract/errors.ts';
import type { Connection } from '../engine/engine.ts';
import { interruptible } from '../engine/interruptible.ts';
import { onWorker, type Work } from '../work/on-worker.ts';
import { calibrateClv } from './calibrate-clv.ts';
import { type ClvArtifact, latestClv, saveClv } from './clv-artifact.ts';
import { latestAsOf } from './feature-parameters.ts';
import { predictClv } from './predict-clv.ts';
import { type PurchaseHistories, purchaseHistories } from './purchase-histories.ts';

export interface ClvContext extends Pick<Work, 'pool' | 'signal'> {
  readonly now?: () => Date;
  readonly report?: (progress: { step: string; message: string }) => void;
}

/** Above it frequency and value hang together, which Gamma-Gamma takes them not to. */
const CORRELATED = 0.3;

interface Fitted extends Pick<ClvArtifact, 'purchases' | 'value' | 'logLikelihood' | 'warnings'> {}

/** Fits both models; throws CLV_REFUSED, with the reason in words, where the data cannot say. */
async function fitModels(histories: PurchaseHistories, work: Work): Promise<Fitted> {
  const { frequency, recency, age, meanValue } = histories;
  const bought = await onWorker(work, 'Fitting CLV', 'fitBgNbd', { frequency, recency, age });
  if (bought.kind === 'refused') throw new AppError('CLV_REFUSED', { problem: bought.sentence });
  const paid = await onWorker(work, 'Fitting CLV', 'fitGammaGamma', { frequency, meanValue });
  if (paid.kind === 'refused') throw new AppError('CLV_REFUSED', { problem: paid.sentence });
  const { correlation } = paid;
  const hangTogether =
    correlation !== null && Math.abs(correlation) > CORRELATED
      ? [
          `How often customers buy and how much they spend hang together (correlation ${correlation.toFixed(2)}), which the model takes them not to: read the value as a ranking.`,
        ]
      : [];
  return {
    purchases: { ...bought.parameters },
    value: { ...paid.parameters },
    logLikelihood: bought.logLikelihood,
    warnings: [
      ...(bought.warning === null ? [] : [bought.warning.sentence]),
      ...(paid.warning === null ? [] : [paid.warning.sentence]),
      ...hangTogether,
    ],
  };
}

/** Fits predicted CLV to all customers, checks it on a hold-out, keeps it, and predicts for everybody. */
export async function fitClv(
  connection: Connection,
  { now = () => new Date(), report, pool, signal }: ClvContext,
): Promise<ClvArtifact> {
  const asOf = await latestAsOf(connection);
  if (asOf === null) throw new AppError('NO_CUSTOMERS');
  return interruptible(connection, { signal, what: 'Fitting CLV' }, async () => {
    report?.({ step: 'clv', message: 'Reading purchase days' });
    const histories = await purchaseHistories(connection, asOf);
    report?.({ step: 'clv', message: 'Fitting BG/NBD and Gamma-Gamma' });
    const fitted = await fitModels(histories, { pool, signal });
    report?.({ step: 'clv', message: 'Checking on a hold-out' });
    const checked = await calibrateClv(connection, asOf, { pool, signal });
    const previous = await latestClv(connection);
    const model: ClvArtifact = {
      version: (previous?.model.version ?? 0) + 1,
      asOf,
      customers: histories.customerIds.length,
      ...fitted,
      ...checked,
    };
    report?.({ step: 'clv', message: 'Predicting for every customer' });
    await connection.transaction(async () => {
      await predictClv(connection, model, { asOf, histories, pool, signal });
      await saveClv(connection, model, now());
    });
    return model;
  });
}
