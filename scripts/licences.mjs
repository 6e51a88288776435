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

/** The installed package that a bundled module lies in, as package-lock.json names it. */
function packageOf(module) {
  const path = module.replaceAll('\\', '/').split('?', 1)[0];
  const at = path.lastIndexOf('/node_modules/');
  if (at === -1) return undefined;
  const [scope, name] = path.slice(at + '/node_modules/'.length).split('/');
  const folder = path.slice(path.indexOf('node_modules/'), at + '/node_modules/'.length);
  return `${folder}${scope.startsWith('@') ? `${scope}/${name}` : scope}`;
}

/** Every package that is packed, or whose modules were bundled, with its licence's text. A page is bundled as a whole. */
export function licences(bundledModules, { onlyBundled = false } = {}) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const bundled = new Set([...bundledModules].map(packageOf));
  const sections = Object.entries(packages)
    .filter(
      ([path, { dev }]) => path !== '' && ((!onlyBundled && dev !== true) || bundled.has(path)),
    )
    .filter(([path]) => existsSync(join(root, path)))
    .map(([path, { version, license = 'see below' }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return [`${name} ${version} (${license})`, ...textsOf(join(root, path))].join('\n\n');
    });
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  return `${[`Strata\n\n${own}`, ...sections].join(line)}\n`;
}
