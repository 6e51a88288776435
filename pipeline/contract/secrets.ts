import { z } from 'zod';

/** Where passwords are kept between runs, and for what; never a password itself. */
export const secretsStanding = z.object({
  keeper: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('keychain'), name: z.string() }),
    z.object({ kind: z.literal('none'), problem: z.string() }),
  ]),
  /** One that can no longer be decrypted has to be typed again. */
  kept: z.array(z.object({ name: z.string(), readable: z.boolean() })),
  /** What happened to the kept ones, where somebody should know. */
  notice: z.string().nullable(),
});

export const secretName = z.string().min(1).max(2000);
export const secretValue = z.string().min(1).max(10_000);

export const kafkaSasl = z.object({
  mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']),
  username: z.string().min(1),
  /** A kept one is found by the brokers and the user: it can be sent to no others. */
  password: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('typed'), value: secretValue }),
    z.object({ kind: z.literal('kept') }),
  ]),
});

export type SecretsStanding = z.infer<typeof secretsStanding>;
export type KafkaSasl = z.infer<typeof kafkaSasl>;
