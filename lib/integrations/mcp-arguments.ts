/** What a tool of another system says of itself, as far as it matters here. */
export type ToolShape = {
  inputSchema: { properties?: Readonly<Record<string, unknown>> | undefined; required?: readonly string[] | undefined };
  annotations?: { idempotentHint?: boolean | undefined; readOnlyHint?: boolean | undefined } | undefined;
};

export const KEY_ARGUMENT = "idempotencyKey";

/** May it be called again when nobody knows how the first call ended? It takes a key, or says that twice is once. */
export const isRepeatable = ({ inputSchema, annotations }: ToolShape): boolean =>
  KEY_ARGUMENT in (inputSchema.properties ?? {}) ||
  annotations?.idempotentHint === true ||
  annotations?.readOnlyHint === true;

type Arguments = { ok: true; value: Record<string, unknown> } | { ok: false; missing: string };

/**
 * The announcement as arguments of the tool: its members by name, with its title and its whole text for tools that take
 * `title`, `name`, `description`, `body` or `text`; only what the tool declares, everything where it declares nothing.
 */
export function argumentsFor({ inputSchema }: ToolShape, body: string, key: string): Arguments {
  const announced = JSON.parse(body) as { initiative?: { title?: string } } & Record<string, unknown>;
  const title = announced.initiative?.title ?? "";
  const known: Record<string, unknown> = {
    ...{ title, name: title, description: body, body, text: body },
    ...announced,
    [KEY_ARGUMENT]: key,
  };
  const missing = inputSchema.required?.find((name) => known[name] === undefined);
  if (missing !== undefined) return { ok: false, missing };
  const declared = Object.keys(inputSchema.properties ?? {});
  if (declared.length === 0) return { ok: true, value: { ...announced, [KEY_ARGUMENT]: key } };
  const value = Object.fromEntries(declared.filter((name) => name in known).map((name) => [name, known[name]]));
  return { ok: true, value };
}
