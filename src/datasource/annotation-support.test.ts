import { AnnotationEventFieldSource } from '@grafana/data';
import { annotationSupport } from './annotation-support';

const prepare = annotationSupport.prepareAnnotation!;
const saved = { name: 'Gaps', enable: true, iconColor: 'red' };
const timeEnd = { source: AnnotationEventFieldSource.Field, value: 'End time' };

test('an annotation ends where the answer says, unless a mapping says otherwise', () => {
  expect(prepare(saved).mappings).toEqual({ timeEnd });
  const mappings = { timeEnd: { source: AnnotationEventFieldSource.Skip } };
  expect(prepare({ ...saved, mappings }).mappings).toEqual(mappings);
});

test('one that is prepared stays the same object: the editor of Grafana prepares each new one again', () => {
  const prepared = prepare(saved);
  expect(prepare(prepared)).toBe(prepared);
});
