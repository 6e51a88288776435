import { createIdentities } from '../identities.ts';
import { createClockText } from '../json-text.ts';
import { customerId, regions } from '../population.ts';
import { blankDraft, type Draft, type Preset, type Scene } from '../preset.ts';
import { signupsInOrder, type Visit } from '../visits.ts';

function draft({ customer, seconds }: Visit, sequence: number): Draft {
  return { ...blankDraft, customer, seconds, sequence };
}

export function createDemographics(scene: Scene): Preset {
  const { population, seed } = scene;
  const clock = createClockText(scene.startMs);
  const identities = createIdentities(population, seed);

  function text(draft: Draft): string {
    const { customer } = draft;
    const name = JSON.stringify(identities[customer]?.name ?? '');
    const gender = population.male[customer] === 1 ? 'M' : 'F';
    const region = regions[population.region[customer] ?? 0] ?? '';
    const more = draft.drifted ? ',"language":"en"' : '';
    return [
      `{"customer_id":"${customerId(customer)}","name":${name},"age":${population.age[customer]}`,
      `"income":${population.income[customer]},"gender":"${gender}","region":"${region}"`,
      `"signup_date":"${clock.day(draft.seconds)}"${more}}`,
    ].join(',');
  }

  return { visits: () => signupsInOrder(population), draft, text };
}
