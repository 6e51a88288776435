import { createClockText, moneyText } from '../json-text.ts';
import { customerId } from '../population.ts';
import type { Draft, Preset, Scene } from '../preset.ts';
import { bankCategories, createPurchases } from '../purchases.ts';

export function createBank(scene: Scene): Preset {
  const clock = createClockText(scene.startMs);

  function text(draft: Draft): string {
    const { sequence, label, drifted } = draft;
    const id = scene.transactionIds
      ? `"transaction_id":"T${String(sequence + 1).padStart(9, '0')}",`
      : '';
    const amount = draft.hostile ?? moneyText(draft.cents);
    const more = drifted ? ',"device":{"os":"android","app_version":"5.2"}' : '';
    return `{${id}"customer_id":"${customerId(draft.customer)}","amount":${amount},"category":"${label}","timestamp":"${clock.time(draft.seconds)}"${more}}`;
  }

  return { ...createPurchases(scene, bankCategories), text };
}
