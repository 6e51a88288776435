import { AppError } from '../../contract/errors.ts';

const refuse = (): never => {
  throw new AppError('NOTEBOOK_PAGE_ALONE');
};

/** An object that has what is given and refuses every other call: a shared page has no workspace behind it. */
export function refusing<T extends object>(given: Partial<T>): T {
  return new Proxy(given as T, {
    get: (own, name) => (Object.hasOwn(own, name) ? Reflect.get(own, name) : refuse),
  });
}
