// What is packed into the application and under which licence: the texts that these licences ask to be passed on.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

const named = /^(licen[cs]e|copying|notice)/i;

function textsOf(folder) {
  return readdirSync(folder)
    .filter((name) => named.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8').trim());
}

/** Every package that package-lock.json names for more than development and that is installed, with its licence's text. */
export function licences() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const sections = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true && existsSync(join(root, path)))
    .map(([path, { version, license = 'see below' }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return [`${name} ${version} (${license})`, ...textsOf(join(root, path))].join('\n\n');
    });
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  return `${[`Strata\n\n${own}`, ...sections].join(line)}\n`;
}
