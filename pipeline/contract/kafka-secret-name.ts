/**
 * What the password of a user on these brokers is kept under, in whichever order they are named. How it travels is part of
 * the name, and so is a private certificate authority: a password kept for an encrypted sign-in is sent neither in plain
 * text nor to whoever some other authority vouches for. Apart from the schemas: the page needs the name, and zod probes for
 * eval, which its CSP forbids.
 */
export function kafkaSecretName(login: {
  readonly brokers: readonly string[];
  readonly username: string;
  readonly ssl: boolean;
  /** `authorityKey` of a private one. */
  readonly authority?: string | undefined;
  readonly mechanism: string;
}): string {
  // The first "@" ends the user: no two logins share a name.
  const user = login.username.replace(/[%@]/g, (letter) => encodeURIComponent(letter));
  const brokers = [...new Set(login.brokers.map((broker) => broker.toLowerCase()))].sort();
  const trusted = login.authority === undefined ? '' : `-${login.authority.slice(0, 32)}`;
  const way = login.ssl ? `tls${trusted}` : 'plain-text';
  return `kafka+${way}+${login.mechanism}://${user}@${brokers.join(',')}`;
}
