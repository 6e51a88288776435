import { archetypes } from './archetypes.ts';
import { pickShare } from './population.ts';
import { blankDraft, type Draft, type Scene } from './preset.ts';
import { createTastes, type Choice } from './tastes.ts';
import { exp, normal } from './portable-math.ts';
import { visitsInOrder, type Visit } from './visits.ts';

/** What is bought: amounts are log-normal around `median` with `spread` as the deviation of their logarithm. */
export interface Category extends Choice {
  readonly median: number;
  readonly spread: number;
}

export const bankCategories: readonly Category[] = [
  { name: 'grocery', share: 0.33, median: 44, spread: 0.55 },
  { name: 'fuel', share: 0.15, median: 42, spread: 0.4 },
  { name: 'dining', share: 0.15, median: 34, spread: 0.5 },
  { name: 'entertainment', share: 0.13, median: 30, spread: 0.55 },
  { name: 'utilities', share: 0.11, median: 88, spread: 0.4 },
  { name: 'health', share: 0.08, median: 56, spread: 0.6 },
  { name: 'travel', share: 0.05, median: 190, spread: 0.6 },
];

export const shopCategories: readonly Category[] = [
  { name: 'Clothing', share: 0.24, median: 52, spread: 0.5 },
  { name: 'Home', share: 0.17, median: 58, spread: 0.55 },
  { name: 'Groceries', share: 0.16, median: 41, spread: 0.45 },
  { name: 'Electronics', share: 0.14, median: 108, spread: 0.6 },
  { name: 'Beauty', share: 0.13, median: 36, spread: 0.45 },
  { name: 'Sports', share: 0.09, median: 56, spread: 0.5 },
  { name: 'Books', share: 0.07, median: 26, spread: 0.45 },
];

const PAYMENT_METHODS = ['credit_card', 'debit_card', 'paypal', 'apple_pay', 'bank_transfer'];
const ANY_PAYMENT = PAYMENT_METHODS.map(() => 1 / PAYMENT_METHODS.length);
const LOYALTY_TO_PAYMENT = 0.8;
const DISCOUNTS = [0.05, 0.1, 0.15, 0.2, 0.3];
const DISCOUNT_SHARES = [0.25, 0.35, 0.2, 0.13, 0.07];
const FLASH_SALE_COUPONS = 0.55;
const LEAST_CENTS = 50;

/** Visits and drafts of purchases, the same for every preset that sells. */
export function createPurchases(scene: Scene, categories: readonly Category[]) {
  const { population, calendar, random, seed } = scene;
  const choose = createTastes(categories, population.size, seed);

  function means(customer: number): string {
    const stays = random.float() < LOYALTY_TO_PAYMENT;
    const other = pickShare(ANY_PAYMENT, random);
    const index = stays ? (population.favouritePayment[customer] ?? 0) : other;
    return PAYMENT_METHODS[index] ?? '';
  }

  /** A coupon takes its share off the list price; what is paid is what remains. */
  function discount(visit: Visit, listCents: number): { coupon: boolean; discountCents: number } {
    const flashSale = calendar.flashSale[Math.floor(visit.seconds / 86_400)] === 1;
    const usual = archetypes[population.archetype[visit.customer] ?? 0]?.coupons ?? 0;
    const coupon = random.float() < (flashSale ? Math.max(usual, FLASH_SALE_COUPONS) : usual);
    const share = DISCOUNTS[pickShare(DISCOUNT_SHARES, random)] ?? 0;
    return { coupon, discountCents: coupon ? Math.round(listCents * share) : 0 };
  }

  function draft(visit: Visit, sequence: number): Draft {
    const category = categories[choose(visit.customer, random)];
    const { median = 0, spread = 0, name = '' } = category ?? {};
    const level = population.level[visit.customer] ?? 1;
    const list = Math.round(100 * median * level * exp(spread * normal(random)));
    const { coupon, discountCents } = discount(visit, list);
    return {
      ...blankDraft,
      customer: visit.customer,
      seconds: visit.seconds,
      sequence,
      label: name,
      means: means(visit.customer),
      cents: Math.max(LEAST_CENTS, list - discountCents),
      coupon,
      discountCents,
    };
  }

  function visits(count: number): Iterable<Visit> {
    const weight = (customer: number): number => population.rate[customer] ?? 0;
    return visitsInOrder({ population, calendar, random, visits: count, weight, shape: 2 });
  }

  return { visits, draft };
}
