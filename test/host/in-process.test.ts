import { createRouterClient } from '@orpc/server';
import { hostFixture } from '../helpers/host-fixture.ts';
import { hostContract } from './contract.ts';

hostContract('in the same process', () => {
  const host = hostFixture();
  return Promise.resolve({
    host,
    connect: () => Promise.resolve({ client: createRouterClient(host.router) }),
    close: () => Promise.resolve(),
  });
});
