import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import type { Shell } from '../../pipeline/contract/shell.ts';

/** Tells the desktop which colours were chosen, now and whenever others are. Shows nothing. */
export function ToldColours({ shell }: { readonly shell: Shell }) {
  const { colorScheme } = useMantineColorScheme();
  useEffect(() => shell.follow(colorScheme), [shell, colorScheme]);
  return null;
}
