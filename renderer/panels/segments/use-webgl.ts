import { useState } from 'react';

function hasWebgl(): boolean {
  const context = document.createElement('canvas').getContext('webgl');
  // A page may hold only so many contexts; this one has answered its question.
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}

/** Whether points can be drawn by WebGL here: a virtual machine or a remote desktop may have none. */
export function useWebgl(): boolean {
  return useState(hasWebgl)[0];
}
