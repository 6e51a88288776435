import { AppError } from '../../contract/errors.ts';
import { segmentName } from '../../contract/recipe.ts';
import { runPipeline } from '../../runs/run-pipeline.ts';
import { compareModels, readMigration } from '../../segmentation/compare-models.ts';
import { explain } from '../../segmentation/explain.ts';
import { modelReport } from '../../segmentation/model-report.ts';
import { listModels, requireLatestModel } from '../../segmentation/model-store.ts';
import { renameSegment } from '../../segmentation/rename-segment.ts';
import { numberArgument } from '../command.ts';
import { toJson } from '../print.ts';
import { printRun } from '../print-report.ts';
import type { SegmentAction } from './action.ts';
import {
  formatComparison,
  formatExplanation,
  formatMigration,
  formatModel,
  formatModels,
} from './print-segments.ts';
import { chosenK, chosenOptions } from './segment-options.ts';

function argument(rest: readonly string[], at: number, what: string): string {
  const found = rest[at];
  if (found !== undefined) return found;
  throw new AppError('BAD_USAGE', { problem: `The ${what} is missing.` });
}

export const trainAction: SegmentAction = async ({ values, workspace, context, io }) => {
  const { writer, config } = workspace;
  const k = chosenK(values.k, config);
  const train = { ...(await chosenOptions(values, config, writer)), k };
  const report = await runPipeline(context, { steps: ['segments', 'gold'], train });
  printRun(report, values.json, io);
};

export const predictAction: SegmentAction = async ({ values, workspace, context, io }) => {
  await requireLatestModel(workspace.writer);
  const report = await runPipeline(context, { steps: ['features', 'segments', 'gold'] });
  printRun(report, values.json, io);
};

export const explainAction: SegmentAction = async ({ values, rest, workspace, io }) => {
  const customer = argument(rest, 0, 'customer');
  const why = await explain(workspace.writer, customer);
  io.out(values.json === true ? toJson(why) : formatExplanation(why));
};

export const profileAction: SegmentAction = async ({ values, workspace, context, io }) => {
  const report = await modelReport(workspace.writer, { pool: context.pool, signal: io.signal });
  if (report === null) throw new AppError('NO_SEGMENT_MODEL');
  io.out(values.json === true ? toJson(report) : formatModel(report));
};

export const modelsAction: SegmentAction = async ({ values, workspace, io }) => {
  const models = await listModels(workspace.writer);
  if (models.length === 0) throw new AppError('NO_SEGMENT_MODEL');
  io.out(values.json === true ? toJson(models) : formatModels(models));
};

export const compareAction: SegmentAction = async ({ values, rest, workspace, context, io }) => {
  const from = numberArgument(argument(rest, 0, 'first model'), 'first model');
  const to = numberArgument(argument(rest, 1, 'second model'), 'second model');
  const found = await compareModels(
    workspace.writer,
    { from, to },
    { pool: context.pool, signal: io.signal },
  );
  io.out(values.json === true ? toJson(found) : formatComparison(found));
};

/** Who moved at the latest day and model, against what stood before. */
export const migrationAction: SegmentAction = async ({ values, workspace, io }) => {
  const { version } = await requireLatestModel(workspace.writer);
  const flows = await readMigration(workspace.writer);
  io.out(values.json === true ? toJson(flows) : formatMigration(flows, version));
};

export const renameAction: SegmentAction = async ({ values, rest, workspace, io }) => {
  const segmentId = numberArgument(argument(rest, 0, 'segment'), 'segment');
  const { data: name } = segmentName.safeParse(argument(rest, 1, 'name'));
  if (name === undefined) {
    const problem = 'A name has 1 to 60 characters, none of which is a control character.';
    throw new AppError('BAD_USAGE', { problem });
  }
  await renameSegment(workspace.writer, { segmentId, name });
  io.out(values.json === true ? toJson({ segmentId, name }) : `Segment ${segmentId} is ${name}.`);
};
