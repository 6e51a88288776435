import { CloseButton, Modal, SegmentedControl } from '@mantine/core';
import {
  keyPresets,
  keyWords,
  presetTitles,
  type KeyBinding,
  type KeyCommand,
  type PresetName,
} from './key-presets.ts';
import { printedKey } from './key-stroke.ts';
import classes from './key-help.module.css';

interface KeyHelpProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly preset: PresetName;
  readonly onPreset: (preset: PresetName) => void;
}

const mac = /Mac|iP(hone|ad)/.test(navigator.platform);

function Keys({ of, bindings }: { of: KeyCommand; bindings: readonly KeyBinding[] }) {
  const keys = bindings.filter(({ command }) => command === of).flatMap((binding) => binding.keys);
  return (
    <dd>
      {keys.map((key, at) => (
        <span key={key}>
          {at === 0 ? null : <i>or</i>}
          {printedKey(key, mac).map((part, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- D D is the same key twice
            <kbd key={place}>{part}</kbd>
          ))}
        </span>
      ))}
    </dd>
  );
}

/** All keys of the chosen preset. */
export function KeyHelp({ opened, onClose, preset, onPreset }: KeyHelpProps) {
  const bindings = keyPresets[preset];
  const known = new Set(bindings.map(({ command }) => command));
  return (
    <Modal.Root opened={opened} onClose={onClose} size={860}>
      <Modal.Overlay />
      <Modal.Content aria-label="Keys">
        <Modal.Body>
          <div className={classes['title']}>
            <h2>Keys</h2>
            <CloseButton aria-label="Close" onClick={onClose} />
          </div>
          <div className={classes['top']}>
            <SegmentedControl
              size="xs"
              aria-label="Keys as in"
              value={preset}
              data={[
                { value: 'jupyter', label: `As in ${presetTitles.jupyter}` },
                { value: 'vscode', label: `As in ${presetTitles.vscode}` },
              ]}
              onChange={(value) => onPreset(value === 'vscode' ? 'vscode' : 'jupyter')}
            />
            <p>
              Letters act while a cell is selected, not while it is edited. Esc and Enter go
              between.
            </p>
          </div>
          <div className={classes['groups']}>
            {keyWords.map(({ group, commands }) => (
              <section key={group} aria-label={group}>
                <h3>{group}</h3>
                <dl>
                  {commands
                    .filter(({ command }) => known.has(command))
                    .map(({ command, words }) => (
                      <div key={command}>
                        <dt>{words}</dt>
                        <Keys of={command} bindings={bindings} />
                      </div>
                    ))}
                </dl>
              </section>
            ))}
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
