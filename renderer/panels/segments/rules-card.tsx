import { IconListCheck } from '@tabler/icons-react';
import type { ModelReport, SegmentRule } from '../../../pipeline/contract/segmentation.ts';
import { ClusterMark } from '../../charts/cluster-mark.tsx';
import { Card } from '../../ui/card.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { QuietState } from '../../ui/quiet-state.tsx';
import { conditionWords, ruleConditions } from './rule-conditions.ts';
import classes from './rules-card.module.css';
import type { FeatureWords } from './use-feature-words.ts';

interface RulesCardProps {
  readonly rules: ModelReport['rules'];
  readonly fidelity: number | null;
  readonly words: FeatureWords;
}

const wholePercent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

function Conditions({ when, words }: { when: string; words: FeatureWords }) {
  const conditions = ruleConditions(when);
  if (conditions === null) return <code>{when}</code>;
  if (conditions.length === 0) return <>Everybody</>;
  return (
    <>
      {conditions.map((condition, at) => (
        <span key={condition.feature}>
          {at === 0 ? '' : <small> and </small>}
          <span className={classes['condition']}>
            {conditionWords(
              condition,
              words.label(condition.feature),
              words.unit(condition.feature),
            )}
          </span>
        </span>
      ))}
    </>
  );
}

function Rule({ rule, words }: { rule: SegmentRule; words: FeatureWords }) {
  return (
    <tr>
      <th scope="row" title={rule.when}>
        <Conditions when={rule.when} words={words} />
      </th>
      <td className={classes['segment']}>
        <span className={classes['arrow']} aria-hidden="true">
          →
        </span>
        <ClusterMark id={rule.segmentId} />
        <span title={rule.segmentName}>{rule.segmentName}</span>
      </td>
      <td>{formatCount(rule.customers)}</td>
      <td title={`The model has ${formatNumber(rule.precision, 'percent')} of them there, too`}>
        {wholePercent.format(rule.precision)}
      </td>
    </tr>
  );
}

function bySegment(rules: readonly SegmentRule[]): SegmentRule[] {
  return [...rules].sort((a, b) => a.segmentId - b.segmentId || b.customers - a.customers);
}

/** The model in a few rules that can be said aloud. */
export function RulesCard({ rules, fidelity, words }: RulesCardProps) {
  return (
    <Card title="In a few rules" testId="segment-rules">
      {rules.length === 0 ? (
        <QuietState icon={<IconListCheck size={26} />} title="No rules" height={160}>
          With one segment there is nothing to tell apart.
        </QuietState>
      ) : (
        <>
          {fidelity === null ? null : (
            <p className={classes['fidelity']}>
              These rules put <b>{formatNumber(fidelity, 'percent')}</b> of the customers where the
              model does. They are a reading aid: the model goes by the distance to each segment.
            </p>
          )}
          <div
            className={classes['scroll']}
            tabIndex={0}
            role="region"
            aria-label="Rules by segment"
          >
            <table className={classes['rules']}>
              <thead>
                <tr>
                  <th scope="col">Customers with</th>
                  <th scope="col">are in</th>
                  <th scope="col">Customers</th>
                  <th
                    scope="col"
                    title="The share of those whom the rule takes in that the model has in that segment, too"
                  >
                    Right for
                  </th>
                </tr>
              </thead>
              <tbody>
                {bySegment(rules).map((rule) => (
                  <Rule key={`${rule.segmentId} ${rule.when}`} rule={rule} words={words} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Card>
  );
}
