/**
 * What the password of a user on these brokers is kept under, in whichever order they are named. Apart from the schemas:
 * the page needs the name, and zod probes for eval, which its CSP forbids.
 */
export function kafkaSecretName(login: {
  readonly brokers: readonly string[];
  readonly username: string;
}): string {
  // The first "@" ends the user: no two logins share a name.
  const user = login.username.replace(/[%@]/g, (letter) => encodeURIComponent(letter));
  const brokers = [...new Set(login.brokers.map((broker) => broker.toLowerCase()))].sort();
  return `kafka://${user}@${brokers.join(',')}`;
}
