import { archetypes } from '../archetypes.ts';
import { createClockText } from '../json-text.ts';
import { customerId } from '../population.ts';
import { blankDraft, type Draft, type Preset, type Scene } from '../preset.ts';
import { createTastes, type Choice } from '../tastes.ts';
import { visitsInOrder, type Visit } from '../visits.ts';

interface EventKind extends Choice {
  readonly channels: readonly string[];
}

const EVENTS: readonly EventKind[] = [
  { name: 'email_open', share: 0.32, channels: ['email'] },
  { name: 'click', share: 0.15, channels: ['email', 'email', 'web'] },
  { name: 'app_login', share: 0.22, channels: ['app'] },
  { name: 'page_view', share: 0.19, channels: ['web', 'web', 'app'] },
  { name: 'add_to_cart', share: 0.07, channels: ['web', 'app'] },
  { name: 'push_open', share: 0.05, channels: ['app'] },
];

export function createEngagement(scene: Scene): Preset {
  const { population, calendar, random } = scene;
  const clock = createClockText(scene.startMs);
  const choose = createTastes(EVENTS, population.size, scene.seed);

  function visits(count: number): Iterable<Visit> {
    const weight = (customer: number): number => {
      const attention = archetypes[population.archetype[customer] ?? 0]?.attention ?? 1;
      return attention * Math.sqrt(population.rate[customer] ?? 1);
    };
    return visitsInOrder({ population, calendar, random, visits: count, weight, shape: 1 });
  }

  function draft(visit: Visit, sequence: number): Draft {
    const { customer, seconds } = visit;
    const event = EVENTS[choose(customer, random)];
    const means = event?.channels[random.integer(event.channels.length)] ?? '';
    return { ...blankDraft, customer, seconds, sequence, label: event?.name ?? '', means };
  }

  function text(draft: Draft): string {
    const time = draft.hostile ?? `"${clock.time(draft.seconds)}"`;
    const more = draft.drifted ? ',"campaign":"spring"' : '';
    return `{"customer_id":"${customerId(draft.customer)}","event":"${draft.label}","channel":"${draft.means}","timestamp":${time}${more}}`;
  }

  return { visits, draft, text };
}
