/**
 * What the password of a user on these brokers is kept under, in whichever order they are named. How it travels is part of
 * the name: a password kept for an encrypted sign-in is never sent in plain text. Apart from the schemas:
 * the page needs the name, and zod probes for eval, which its CSP forbids.
 */
export function kafkaSecretName(login: {
  readonly brokers: readonly string[];
  readonly username: string;
  readonly ssl: boolean;
  readonly mechanism: string;
}): string {
  // The first "@" ends the user: no two logins share a name.
  const user = login.username.replace(/[%@]/g, (letter) => encodeURIComponent(letter));
  const brokers = [...new Set(login.brokers.map((broker) => broker.toLowerCase()))].sort();
  const way = `${login.ssl ? 'tls' : 'plain-text'}+${login.mechanism}`;
  return `kafka+${way}://${user}@${brokers.join(',')}`;
}
