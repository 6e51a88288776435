import type { Locator, Page } from 'playwright-core';

/** The form for a topic, filled in for a user of brokers that nobody answers at, but for the password. */
export async function fillTopic(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Kafka' }).click();
  await page.getByLabel('Brokers').fill('127.0.0.1:9');
  await page.getByRole('textbox', { name: 'Topic' }).fill('orders');
  await page.getByRole('combobox', { name: 'Preset' }).click();
  await page.getByRole('option', { name: 'bank', exact: true }).click();
  await page.getByRole('combobox', { name: 'Sign in as' }).click();
  await page.getByRole('option', { name: /SCRAM-SHA-512/ }).click();
  await page.getByRole('textbox', { name: 'User' }).fill('alice');
}

export const keepIt = (page: Page): Locator =>
  page.getByRole('checkbox', { name: /keep the password/i });

/** Gives an Electron 9 a safeStorage before the application starts, and takes itself off the command line. */
export const fakeKeychain = `
  const turn = (bytes) => Buffer.from(bytes.map((byte) => byte ^ 0x55));
  const safeStorage = {
    getSelectedStorageBackend: () => 'gnome_libsecret',
    isEncryptionAvailable: () => true,
    encryptString: (text) => Buffer.concat([Buffer.from('v11'), turn(Buffer.from(text))]),
    decryptString: (bytes) => {
      if (bytes.toString('latin1', 0, 3) !== 'v11') throw new Error('Error while decrypting');
      return turn(bytes.slice(3)).toString();
    },
  };
  Object.defineProperty(require('electron'), 'safeStorage', { enumerable: true, value: safeStorage });
  process.argv.splice(process.argv.indexOf(__filename) - 1, 2);
`;
