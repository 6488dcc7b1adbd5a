import { t } from '@grafana/i18n';
import { Button, Field, IconButton, Input, Stack } from '@grafana/ui';
import { ruleFields, type DirectionRule } from '../../cdr/direction';
import { directions } from '../../cdr/record';
import { fieldTitle } from '../../say/field-title';
import { Picker } from '../Picker';
import { Entry } from './Entry';
import { FieldGrid } from './FieldGrid';
import { patternProblem } from './pattern-problem';
import { RemoveButton } from './RemoveButton';

interface Props {
  rules: readonly DirectionRule[];
  onChange: (rules: DirectionRule[]) => void;
}

const directionOptions = directions.map((value) => ({ value, label: value }));
const newRule: DirectionRule = { field: 'channel', pattern: '', direction: 'inbound' };

/** The ordered rules: the first that matches decides. */
export function DirectionRules({ rules, onChange }: Props) {
  function move(from: number, to: number): void {
    onChange(rules.toSpliced(from, 1).toSpliced(to, 0, rules[from]!));
  }

  return (
    <Stack direction="column" alignItems="flex-start" gap={2}>
      {rules.map((rule, place) => {
        const number = place + 1;
        const problem = patternProblem(rule.pattern);
        const change = (changes: Partial<DirectionRule>) => onChange(rules.with(place, { ...rule, ...changes }));
        return (
          <Entry
            key={place}
            title={t('config-editor.rules.rule', 'Rule {{- number}}', { number })}
            actions={
              <>
                <IconButton
                  name="arrow-up"
                  size="lg"
                  aria-label={t('config-editor.rules.move-up', 'Move rule {{- number}} up', { number })}
                  disabled={place === 0}
                  onClick={() => move(place, place - 1)}
                />
                <IconButton
                  name="arrow-down"
                  size="lg"
                  aria-label={t('config-editor.rules.move-down', 'Move rule {{- number}} down', { number })}
                  disabled={place === rules.length - 1}
                  onClick={() => move(place, place + 1)}
                />
                <RemoveButton
                  label={t('config-editor.rules.remove', 'Remove rule {{- number}}', { number })}
                  onClick={() => onChange(rules.toSpliced(place, 1))}
                />
              </>
            }
          >
            <FieldGrid>
              <Field label={t('config-editor.rules.where', 'If the field')}>
                <Picker
                  id={`config-rule-field-${place}`}
                  options={ruleFields.map((value) => ({ value, label: fieldTitle(value) }))}
                  value={rule.field}
                  onChange={({ value }) => change({ field: value })}
                />
              </Field>
              <Field
                label={t('config-editor.rules.matches', 'matches the pattern')}
                invalid={problem !== null}
                error={problem}
              >
                <Input
                  id={`config-rule-pattern-${place}`}
                  value={rule.pattern}
                  placeholder="^PJSIP/trunk"
                  onChange={(event) => change({ pattern: event.currentTarget.value })}
                />
              </Field>
              <Field label={t('config-editor.rules.call-is', 'the call is')}>
                <Picker
                  id={`config-rule-direction-${place}`}
                  options={directionOptions}
                  value={rule.direction}
                  onChange={({ value }) => change({ direction: value })}
                />
              </Field>
            </FieldGrid>
          </Entry>
        );
      })}
      <Button variant="secondary" icon="plus" onClick={() => onChange([...rules, newRule])}>
        {t('config-editor.rules.add', 'Add rule')}
      </Button>
    </Stack>
  );
}
