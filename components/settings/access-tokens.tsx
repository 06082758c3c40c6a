"use client";

import { type FormEvent, useState } from "react";
import { Problem } from "@/components/auth/problem";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { TextInput } from "@/components/ui/text-input";
import { endAccessToken, newAccessToken } from "@/lib/auth/actions";
import { ShownOnce } from "./shown-once";
import { useChange } from "./use-change";

export type TokenLine = {
  id: string;
  name: string;
  prefix: string;
  created: string;
  expires: string;
  lastUsed: string;
};

const TERMS = [7, 30, 90, 365].map((days) => ({ value: String(days), label: `${days} days` }));

export function AccessTokens({ tokens }: { tokens: readonly TokenLine[] }) {
  const [fresh, setFresh] = useState<string | null>(null);
  const { busy, refusal, run, dialog } = useChange();
  async function create(name: string, days: number): Promise<boolean> {
    const made = await run(() => newAccessToken({ name, days }));
    if (made) setFresh(made.value.token);
    return made !== null;
  }
  return (
    <div className="grid grid-cols-1 gap-4">
      <p className="prose-width text-muted">
        For the command line and MCP clients at <code>/api/mcp</code>. A token reads what you may read; it cannot
        decide.
      </p>
      <Problem code={refusal} />
      {fresh ? (
        <ShownOnce what="Your new access token." secret={fresh} onDone={() => setFresh(null)} />
      ) : (
        <TokenForm busy={busy} onCreate={create} />
      )}
      {tokens.length > 0 ? (
        <TokenTable
          tokens={tokens}
          onEnd={async (tokenId) => {
            await run(() => endAccessToken({ tokenId }), "That token opens nothing any more.");
          }}
        />
      ) : null}
      {dialog}
    </div>
  );
}

function TokenForm({ busy, onCreate }: { busy: boolean; onCreate: (name: string, days: number) => Promise<boolean> }) {
  const [name, setName] = useState("");
  const [days, setDays] = useState("30");
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (await onCreate(name, Number(days))) setName("");
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3" aria-label="New access token">
      <Field label="What it is for" className="min-w-60">
        {(control) => (
          <TextInput
            {...control}
            required
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label="Ends after">
        {(control) => (
          <Select {...control} options={TERMS} value={days} onChange={(event) => setDays(event.target.value)} />
        )}
      </Field>
      <Button type="submit" busy={busy}>
        Create a token
      </Button>
    </form>
  );
}

type TokenTableProps = { tokens: readonly TokenLine[]; onEnd: (tokenId: string) => Promise<void> };

function TokenTable({ tokens, onEnd }: TokenTableProps) {
  return (
    <Table caption="Your access tokens">
      <TableHead>
        <TableHeadCell>For</TableHeadCell>
        <TableHeadCell>Begins with</TableHeadCell>
        <TableHeadCell>Created</TableHeadCell>
        <TableHeadCell>Ends</TableHeadCell>
        <TableHeadCell>Last used</TableHeadCell>
        <TableHeadCell>
          <span className="sr-only">Action</span>
        </TableHeadCell>
      </TableHead>
      <TableBody>
        {tokens.map((token) => (
          <TableRow key={token.id}>
            <TableRowHead>{token.name}</TableRowHead>
            <TableCell className="font-mono text-sm">{token.prefix}…</TableCell>
            <TableCell>{token.created}</TableCell>
            <TableCell>{token.expires}</TableCell>
            <TableCell>{token.lastUsed}</TableCell>
            <TableCell className="text-right">
              <ConfirmDialog
                title={`Revoke the token for ${token.name}?`}
                description="Whatever uses it stops working at once. This cannot be taken back."
                confirmLabel="Revoke it"
                danger
                trigger={
                  <Button variant="bare" aria-label={`Revoke the token for ${token.name}`}>
                    Revoke
                  </Button>
                }
                onConfirm={() => onEnd(token.id)}
              />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
