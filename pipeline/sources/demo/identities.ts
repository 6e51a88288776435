import { en, Faker } from '@faker-js/faker';
import type { Population } from './population.ts';
import { deriveSeed } from './portable-math.ts';

export interface Identity {
  readonly name: string;
  readonly mobile: string;
}

const LANE = 3;
const REFERENCE_DATE = '2025-07-01T00:00:00Z';

/** Exchange 555 belongs to nobody, so that no demo ever calls or texts a stranger. */
function fictional(mobile: string): string {
  return `${mobile.slice(0, 5)}555${mobile.slice(8)}`;
}

/** Names and phone numbers in the order of the customers; a longer population begins with the same. */
export function createIdentities(population: Population, seed: number): Identity[] {
  const faker = new Faker({ locale: en, seed: deriveSeed(seed, LANE) % 2 ** 32 });
  faker.setDefaultRefDate(REFERENCE_DATE);
  return Array.from({ length: population.size }, (_, customer) => {
    const sex = population.male[customer] === 1 ? 'male' : 'female';
    const name = `${faker.person.firstName(sex)} ${faker.person.lastName(sex)}`;
    return { name, mobile: fictional(faker.phone.number({ style: 'international' })) };
  });
}
