import type { JsonObject } from '../document/notebook-document.ts';

/** Sentences, one a paragraph: nothing in them is Markdown. */
export function wordsOutput(sentences: readonly string[]): JsonObject {
  const escaped = sentences.map((sentence) => sentence.replaceAll(/[\\`*_{}[\]<>#|~]/g, '\\$&'));
  return {
    output_type: 'display_data',
    metadata: {},
    data: { 'text/markdown': escaped.join('\n\n'), 'text/plain': sentences.join('\n') },
  };
}
