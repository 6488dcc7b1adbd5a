import { customText } from './dimensions';

test.each(['constructor', 'toString', '__proto__'])(
  'a record without the custom field %s has an empty one',
  (label) => {
    expect(customText({ Department: 'front' }, label)).toBe('');
  }
);
