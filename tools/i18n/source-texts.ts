import ts from 'typescript';

/** A text that a source file asks for. */
export interface SourceText {
  /** Of the texts of a table, a `*` stands for the id: `metrics.*.title`. */
  key: string;
  /** Null where it comes from a table. */
  english: string | null;
  /** Names of the values that are put into it; null where they are not written out. */
  values: string[] | null;
  /** File and line. */
  place: string;
}

/** The texts that a file asks for by `t(key, english, values)` and `<Trans i18nKey>english</Trans>`. */
export function sourceTexts(file: string, source: string): SourceText[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: SourceText[] = [];

  function visit(node: ts.Node): void {
    const place = `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      found.push({ ...readCall(node, place), place });
    } else if (ts.isJsxElement(node) && node.openingElement.tagName.getText() === 'Trans') {
      found.push({ ...readTrans(node, place), place });
    }
    ts.forEachChild(node, visit);
  }

  visit(tree);
  return found;
}

function readCall({ arguments: [key, english, values] }: ts.CallExpression, place: string): Omit<SourceText, 'place'> {
  if (key && ts.isTemplateExpression(key)) {
    const pattern = [key.head.text, ...key.templateSpans.map(({ literal }) => literal.text)].join('*');
    return { key: pattern, english: null, values: namesOf(values) };
  }
  const name = key && literalText(key);
  const text = english && literalText(english);
  if (!name || !text) {
    throw new Error(`${place}: t() takes a key and an English text written out, as in t('area.thing', 'Thing')`);
  }
  return { key: name, english: text, values: namesOf(values) };
}

function readTrans({ openingElement, children }: ts.JsxElement, place: string): Omit<SourceText, 'place'> {
  const attribute = openingElement.attributes.properties.find(
    (property): property is ts.JsxAttribute => ts.isJsxAttribute(property) && property.name.getText() === 'i18nKey'
  );
  const key = attribute?.initializer && literalText(attribute.initializer);
  const english = children.filter(ts.isJsxText).map(jsxText).join('');
  if (!key || english === '' || children.some((child) => !ts.isJsxText(child)) || /&#?\w+;/.test(english)) {
    throw new Error(
      `${place}: <Trans> takes an i18nKey and plain text, without elements, values and entities but &apos;`
    );
  }
  return { key, english, values: [] };
}

function literalText(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) {
    return node.text;
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [literalText(node.left), literalText(node.right)];
    return left === null || right === null ? null : left + right;
  }
  return null;
}

function namesOf(values: ts.Expression | undefined): string[] | null {
  if (!values) {
    return [];
  }
  return ts.isObjectLiteralExpression(values)
    ? values.properties.map((property) => property.name?.getText() ?? '')
    : null;
}

/** JSX joins the lines of a text by single blanks and reads entities. */
function jsxText({ text }: ts.JsxText): string {
  return text
    .replaceAll('&apos;', "'")
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}
