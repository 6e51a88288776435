import { AppError } from '../../contract/errors.ts';
import { runPipeline } from '../../runs/run-pipeline.ts';
import { compareModels } from '../../segmentation/compare-models.ts';
import { explain } from '../../segmentation/explain.ts';
import { modelReport } from '../../segmentation/model-report.ts';
import { listModels, requireLatestModel } from '../../segmentation/model-store.ts';
import { renameSegment } from '../../segmentation/rename-segment.ts';
import { assignTiers, countTiers } from '../../segmentation/tiers.ts';
import { noMore, wholeNumber } from '../command.ts';
import { count, formatTable, money, toJson } from '../print.ts';
import { printRun } from '../print-report.ts';
import type { SegmentAction } from './action.ts';
import {
  formatComparison,
  formatExplanation,
  formatModel,
  formatModels,
} from './print-segments.ts';
import { chosenOptions } from './segment-options.ts';

function argument(rest: readonly string[], at: number, what: string): string {
  const found = rest[at];
  if (found !== undefined) return found;
  throw new AppError('BAD_USAGE', { problem: `The ${what} is missing.` });
}

const version = (text: string): number => wholeNumber(text, 'model', { least: 1, most: 1e9 });

export const trainAction: SegmentAction = async ({ values, workspace, context, io }) => {
  const { writer, config } = workspace;
  const k = wholeNumber(values.k ?? String(config.segmentation.k), 'k', { least: 2, most: 50 });
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
  noMore(rest.slice(1));
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

export const compareAction: SegmentAction = async ({ values, rest, workspace, io }) => {
  noMore(rest.slice(2));
  const from = version(argument(rest, 0, 'first model'));
  const to = version(argument(rest, 1, 'second model'));
  const found = await compareModels(workspace.writer, { from, to });
  io.out(values.json === true ? toJson(found) : formatComparison(found));
};

export const renameAction: SegmentAction = async ({ values, rest, workspace, io }) => {
  const segmentId = version(argument(rest, 0, 'segment'));
  const name = argument(rest, 1, 'name').trim();
  noMore(rest.slice(2));
  if (name === '' || name.length > 60) {
    throw new AppError('BAD_USAGE', { problem: 'A name has 1 to 60 characters.' });
  }
  await renameSegment(workspace.writer, { segmentId, name });
  io.out(values.json === true ? toJson({ segmentId, name }) : `Segment ${segmentId} is ${name}.`);
};

/** Tiers by rule; what is given here is tried and written, what stands in strata.json is kept up by every run. */
export const tiersAction: SegmentAction = async ({ values, workspace, io }) => {
  const given = (values.rule ?? []).map((text) => {
    const [name = '', when = ''] = text.split(/:(.*)/s, 2).map((part) => part.trim());
    if (name !== '' && when !== '') return { name, when };
    const problem = `--rule takes NAME: CONDITION, such as "Gold: monetary > 1000", not "${text}".`;
    throw new AppError('BAD_USAGE', { problem });
  });
  const tiers = given.length > 0 ? given : workspace.config.tiers;
  if (tiers.length === 0) {
    const problem = 'No tiers are given: add --rule "NAME: CONDITION", or "tiers" in strata.json.';
    throw new AppError('BAD_USAGE', { problem });
  }
  const { writer } = workspace;
  await writer.transaction(() => assignTiers(writer, tiers));
  const counted = await countTiers(writer);
  if (values.json === true) return io.out(toJson(counted));
  const rows = counted.map((row) => [
    row.tier,
    count(row.customers),
    count(row.orders),
    money(row.revenue),
  ]);
  io.out(formatTable(['tier', 'customers', 'orders', 'revenue'], rows));
};
