import type { CustomerExplanation } from '../../../pipeline/contract/segmentation.ts';
import { ClusterMark } from '../../charts/cluster-mark.tsx';
import { segmentColour } from '../../charts/palette.ts';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import { Changes } from './changes.tsx';
import { confidenceWords } from './confidence-words.ts';
import { Contributions } from './contributions.tsx';
import { Distances } from './distances.tsx';
import classes from './explain-panel.module.css';
import type { FeatureWords } from './use-feature-words.ts';

interface ExplanationProps {
  readonly explanation: CustomerExplanation;
  readonly unit: FeatureWords['unit'];
}

function Confidence({ explanation }: { explanation: CustomerExplanation }) {
  const { scheme } = useChartTheme();
  const { confidence, segmentId, segmentName, nearestOther } = explanation;
  if (nearestOther === null) return null;
  return (
    <div className={classes['confidence']} data-testid="confidence">
      <p>
        <strong>{confidence.toFixed(2)}</strong> {confidenceWords(confidence, segmentName)}
      </p>
      <div className={classes['meter']} aria-hidden="true">
        <i
          style={{
            width: `${100 * confidence}%`,
            background: segmentColour(segmentId, scheme),
          }}
        />
      </div>
      <p className={classes['ends']}>
        <span>0, the border to {nearestOther}</span>
        <span>1, its centre</span>
      </p>
    </div>
  );
}

/** Why a customer is where they are, and what would move them. */
export function Explanation({ explanation, unit }: ExplanationProps) {
  const { customerId, segmentId, segmentName, sentence, modelVersion } = explanation;
  return (
    <div data-testid="explanation">
      <div className={classes['verdict']}>
        <div role="status">
          <h3>
            <span>{customerId}</span> is <ClusterMark id={segmentId} /> {segmentName}
          </h3>
          <p className={classes['sentence']}>{sentence}</p>
          <p className={classes['quiet']}>By model {modelVersion}.</p>
        </div>
        <Confidence explanation={explanation} />
      </div>
      <div className={classes['split']}>
        <Contributions explanation={explanation} unit={unit} />
        <Distances explanation={explanation} />
      </div>
      <Changes explanation={explanation} unit={unit} />
    </div>
  );
}
