import { useMemo } from 'react';
import type { FeatureInfo } from '../../../pipeline/contract/features.ts';
import { useFeatureList } from '../../host/queries/features.ts';

/** What features are called and counted in; what the list does not have keeps its name and is a plain number. */
export interface FeatureWords {
  readonly label: (feature: string) => string;
  readonly unit: (feature: string) => FeatureInfo['unit'];
}

export function useFeatureWords(): FeatureWords {
  const features = useFeatureList().data;
  return useMemo(() => {
    const known = new Map((features ?? []).map((feature) => [feature.name, feature]));
    return {
      label: (feature) => known.get(feature)?.label ?? feature,
      unit: (feature) => known.get(feature)?.unit ?? 'number',
    };
  }, [features]);
}
