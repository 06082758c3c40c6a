"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { TextLink } from "@/components/ui/link";
import { TextInput } from "@/components/ui/text-input";
import type { Hit } from "@/lib/data-room/queries/search";

type TextSearchProps = { roomId: string; path: string; pending: number };

async function ask(roomId: string, q: string): Promise<Hit[]> {
  const response = await fetch(`/api/data-room/${roomId}/search?${new URLSearchParams({ q })}`);
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

/** What documents say, with the words around it. */
export function TextSearch({ roomId, path, pending }: TextSearchProps) {
  const id = useId();
  const [q, setQ] = useState("");
  const asked = q.trim();
  const { data, isError } = useQuery({
    queryKey: ["room-search", roomId, asked],
    queryFn: () => ask(roomId, asked),
    enabled: asked.length >= 2,
  });
  return (
    <search className="grid gap-2">
      <label htmlFor={id} className="text-sm font-medium">
        Search what the documents say
      </label>
      <TextInput
        id={id}
        type="search"
        value={q}
        placeholder="change of control"
        onChange={(event) => setQ(event.target.value)}
      />
      {pending > 0 ? (
        <p className="text-sm text-muted">{pending} still being read; they are found when that is done.</p>
      ) : null}
      <div aria-live="polite">
        {asked.length < 2 ? null : isError ? (
          <p className="text-sm">The search does not answer right now.</p>
        ) : data ? (
          <Hits hits={data} path={path} />
        ) : null}
      </div>
    </search>
  );
}

function Hits({ hits, path }: { hits: readonly Hit[]; path: string }) {
  if (hits.length === 0) return <p className="text-sm text-muted">No document says that.</p>;
  return (
    <ol className="grid gap-3">
      {hits.map((hit) => (
        <li key={hit.documentId} className="min-w-0">
          <p>
            <span className="text-muted tabular-nums">{hit.number ?? "unsorted"}</span>{" "}
            <TextLink href={`${path}/documents/${hit.documentId}`}>{hit.title}</TextLink>
          </p>
          <p className="prose-width text-sm break-words text-muted">
            {hit.snippet.map((piece, at) => {
              const Tag = piece.hit ? "mark" : "span";
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change their places
                <Tag key={at} className={piece.hit ? "bg-selected text-ink" : undefined}>
                  {piece.text}
                </Tag>
              );
            })}
          </p>
        </li>
      ))}
    </ol>
  );
}
