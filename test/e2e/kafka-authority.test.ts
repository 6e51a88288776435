import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { produce } from '../../pipeline/sources/kafka/produce.ts';
import { describeWithBroker } from '../helpers/kafka-broker.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';
import { chromiumPath, launchChromium, openPage } from './browser-page.ts';
import { startWorkbench } from './workbench-server.ts';

await describeWithBroker('the page, at brokers of a private certificate authority', (broker) => {
  const { brokers, tls, certificate } = broker;

  test.skipIf(chromiumPath() === null)(
    'takes the certificate as text or as a file, says what is none, and reads the topic',
    async () => {
      const records = ['a', 'b', 'c'].map((customer) => ({
        key: null,
        value: Buffer.from(`{"customer_id":"${customer}","timestamp":"2024-01-01","amount":5}`),
        timestamp: 1_700_000_000_000,
      }));
      await produce({ brokers }, 'orders', records, { createTopic: true });
      await using workbench = await startWorkbench();
      const browser = await launchChromium();
      onTestFinished(() => browser.close());
      const { page, complaints } = await openPage(browser);
      await page.goto(workbench.address);
      await page.getByRole('tab', { name: 'Kafka' }).click();
      await page.getByLabel('Brokers').fill(tls);
      await page.getByRole('textbox', { name: 'Topic' }).fill('orders');
      await page.getByRole('combobox', { name: 'Preset' }).click();
      await page.getByRole('option', { name: 'bank' }).click();
      const authority = page.getByLabel('Certificate authority');
      expect(await authority.count()).toBe(0);
      await page.getByRole('switch', { name: 'Encrypted connection (TLS)' }).press('Space');

      const start = page.getByRole('button', { name: 'Read the topic' });
      await authority.fill(certificate.slice(0, 300));
      await page.getByText('This is no certificate: a certificate in it is damaged').waitFor();
      expect(await start.isDisabled()).toBe(true);
      // A key is not even shown, whether it came as text or as a file.
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const fileField = page.locator('input[type="file"][accept*=".pem"]');
      const file = join(await temporaryFolder(), 'authority.cer');
      await authority.fill(privateKey.export({ type: 'sec1', format: 'pem' }).toString());
      await page.getByText('This is no certificate: there is a private key in it').waitFor();
      expect(await authority.inputValue()).toBe('');
      await authority.fill('words');
      await page.getByText('it has no line “-----BEGIN CERTIFICATE-----”').waitFor();
      await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'der' }));
      await fileField.setInputFiles(file);
      await page.getByText('A private key belongs on the broker and nowhere else').waitFor();
      expect(await authority.inputValue()).toBe('');
      await authority.fill('');
      await start.click();
      await page.getByText('KAFKA_REFUSED').waitFor();

      // As Windows exports it: the bytes, not their text.
      const known = new X509Certificate(certificate);
      await writeFile(file, known.raw);
      await fileField.setInputFiles(file);
      await page.getByTestId('trusted-authority').getByText(known.fingerprint256).waitFor();
      expect(await authority.inputValue()).toBe(known.toString());
      const shots = process.env['STRATA_SCREENSHOTS'];
      if (shots !== undefined) {
        const path = join(shots, 'kafka-authority.png');
        await page.getByTestId('run-panel').screenshot({ path });
      }
      await start.click();
      await page.getByText('3 records landed and were taken in').first().waitFor();
      expect(complaints).toEqual([]);
    },
  );
});
