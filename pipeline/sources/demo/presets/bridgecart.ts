import { createIdentities } from '../identities.ts';
import { createClockText, moneyText } from '../json-text.ts';
import { customerId } from '../population.ts';
import type { Draft, Preset, Scene } from '../preset.ts';
import { createPurchases, shopCategories } from '../purchases.ts';

export function createBridgecart(scene: Scene): Preset {
  const { population, seed } = scene;
  const clock = createClockText(scene.startMs);
  const identities = createIdentities(population, seed);

  function text(draft: Draft): string {
    const { customer } = draft;
    const identity = identities[customer];
    const name = JSON.stringify(identity?.name ?? '');
    const gender = population.male[customer] === 1 ? 'M' : 'F';
    const mobile = `"${draft.drifted ? 'phone' : 'mobile'}":"${identity?.mobile ?? ''}"`;
    const amount = draft.hostile ?? moneyText(draft.cents);
    return [
      `{"customer_id":"${customerId(customer)}","name":${name},"age":${population.age[customer]}`,
      `"income":${population.income[customer]},"gender":"${gender}",${mobile}`,
      `"purchase_date":"${clock.time(draft.seconds)}","purchase_amount":${amount}`,
      `"coupon_used":${draft.coupon},"discount_amount":${moneyText(draft.discountCents)}`,
      `"payment_method":"${draft.means}","product_category":"${draft.label}"}`,
    ].join(',');
  }

  return { ...createPurchases(scene, shopCategories), text };
}
