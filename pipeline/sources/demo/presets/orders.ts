import { createClockText, moneyText } from '../json-text.ts';
import { customerId } from '../population.ts';
import type { Draft, Preset, Scene } from '../preset.ts';
import { createPurchases, shopCategories } from '../purchases.ts';

export function createOrders(scene: Scene): Preset {
  const clock = createClockText(scene.startMs);

  function text(draft: Draft): string {
    const id = `O${String(draft.sequence + 1).padStart(9, '0')}`;
    const amount = draft.hostile ?? moneyText(draft.cents);
    const more = draft.drifted ? ',"warehouse":"W2"' : '';
    return `{"order_id":"${id}","customer_id":"${customerId(draft.customer)}","order_ts":"${clock.time(draft.seconds)}","amount":${amount},"category":"${draft.label}","currency":"USD"${more}}`;
  }

  return { ...createPurchases(scene, shopCategories), text };
}
