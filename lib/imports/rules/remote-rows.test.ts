import { expect, test } from "vitest";
import { remoteTable } from "./remote-rows";

const JSON_ROWS = '[{"name":"Nord, AG","cash":5},{"name":"Süd","sectors":["a","b"],"live":true}]';
const TABLE = 'name,cash,sectors,live\r\n"Nord, AG",5,,\r\nSüd,,a;b,true';

test.each<[string, { text: string; structured: unknown }, string | null]>([
  ["rows as structured content", { text: "two", structured: { rows: JSON.parse(JSON_ROWS) } }, TABLE],
  ["rows as JSON", { text: JSON_ROWS, structured: null }, TABLE],
  ["a table as it is", { text: "name,cash\nNord,5", structured: null }, "name,cash\nNord,5"],
  ["no rows", { text: "Nothing was found.", structured: { rows: [] } }, null],
  ["JSON without rows", { text: '{"a":1,\n"b":2}', structured: null }, null],
  ["what is no text falls away", { text: '[{"name":"N","more":{"x":1}}]', structured: null }, "name,more\r\nN,"],
])("%s", (_name, answer, table) => {
  expect(remoteTable(answer)).toBe(table);
});
