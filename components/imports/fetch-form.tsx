"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { submitFetch } from "@/lib/imports/actions";
import type { DataServer } from "@/lib/imports/queries/servers";
import type { VentureKind } from "@/lib/imports/schema";
import { refusalSentence } from "./sentences";

type FetchFormProps = { ventureId: string; kind: VentureKind; dataPath: string; servers: readonly DataServer[] };

/** Rows from a tool of a connected MCP server; what they would change is looked at as with a file. */
export function FetchForm({ ventureId, kind, dataPath, servers }: FetchFormProps) {
  const router = useRouter();
  const choices = servers.flatMap(({ id, name, tools }) =>
    tools.map((tool) => ({ value: `${id} ${tool}`, label: `${name}: ${tool}` })),
  );
  const [choice, setChoice] = useState(choices[0]?.value ?? "");
  const { busy, refusal, problems, run, dialog } = useChange();
  if (choices.length === 0)
    return (
      <p className="prose-width text-muted">
        No MCP server is connected for this venture. An admin connects one in the settings and names the tools that may
        be called.
      </p>
    );
  async function submit(event: FormEvent) {
    event.preventDefault();
    const [serverId = "", tool = ""] = choice.split(" ", 2);
    const fetched = await run(() => submitFetch({ ventureId, kind, serverId, tool }));
    if (fetched) router.push(`${dataPath}/imports/${fetched.value.importId}`);
  }
  return (
    <form onSubmit={submit} className="grid gap-3" aria-label="Read from a server">
      <p role="alert" className="font-medium text-critical-text empty:sr-only">
        {refusal ? `${refusalSentence(refusal)} ${problems.map(({ expected }) => expected).join(". ")}` : null}
      </p>
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Server and tool" hint="Only tools that read are called, and nothing is sent to them">
          {(control) => (
            <Select {...control} options={choices} value={choice} onChange={(event) => setChoice(event.target.value)} />
          )}
        </Field>
        <Button type="submit" busy={busy}>
          Read and check columns
        </Button>
      </div>
      {dialog}
    </form>
  );
}
