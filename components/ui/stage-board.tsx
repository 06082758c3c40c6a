"use client";

import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Menu, MenuItem } from "./menu";

/** Where the focus goes on a board: up and down within a stage, left and right to the nearest stage with a card. */
export function nextCard(columns: readonly (readonly string[])[], from: string, key: string): string | null {
  const column = columns.findIndex((cards) => cards.includes(from));
  const row = columns[column]?.indexOf(from) ?? -1;
  if (key === "ArrowDown" || key === "ArrowUp") return columns[column]?.[row + (key === "ArrowDown" ? 1 : -1)] ?? null;
  const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
  if (step === 0) return null;
  for (let at = column + step; at >= 0 && at < columns.length; at += step) {
    const cards = columns[at] ?? [];
    if (cards.length > 0) return cards[Math.min(row, cards.length - 1)] ?? null;
  }
  return null;
}

type Card = { id: string };
type StageBoardProps<C extends Card, S extends string> = {
  stages: readonly S[];
  labels: Readonly<Record<S, string>>;
  cards: readonly C[];
  stageOf: (card: C) => S;
  nameOf: (card: C) => string;
  /** Where a card may go from here. */
  nextOf: (card: C) => readonly S[];
  mayMove: boolean;
  /** Under the name of a card. */
  standing: (card: C) => ReactNode;
  /** The card in full; `to` is where it was dragged or sent by its menu. */
  detail: (card: C, to: S | null, close: () => void) => ReactNode;
  className: string;
};

/**
 * A column per stage. A card is dragged to a stage that it may go to, or moved by its menu; both open it with that stage
 * chosen. Arrows go from card to card, Enter opens one.
 */
export function StageBoard<C extends Card, S extends string>(props: StageBoardProps<C, S>) {
  const { stages, labels, cards, stageOf, nameOf, nextOf, detail, className } = props;
  const board = useRef<HTMLUListElement>(null);
  const [open, setOpen] = useState<{ id: string; to: S | null } | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const columns = stages.map((stage) => ({ stage, held: cards.filter((card) => stageOf(card) === stage) }));
  const opened = cards.find(({ id }) => id === open?.id);
  const moving = cards.find(({ id }) => id === dragged);
  const allowed = moving ? nextOf(moving) : [];

  function move(event: KeyboardEvent<HTMLButtonElement>, from: string) {
    const ids = columns.map(({ held }) => held.map(({ id }) => id));
    const to = nextCard(ids, from, event.key);
    if (!to) return;
    event.preventDefault();
    board.current?.querySelector<HTMLButtonElement>(`[data-card="${to}"]`)?.focus();
  }
  return (
    <>
      <ul ref={board} className={className}>
        {columns.map(({ stage, held }) => (
          <li
            key={stage}
            className={allowed.includes(stage) ? "min-w-0 bg-wash outline-2 outline-accent outline-dashed" : "min-w-0"}
            onDragOver={(event) => (allowed.includes(stage) ? event.preventDefault() : undefined)}
            onDrop={() => {
              if (dragged && allowed.includes(stage)) setOpen({ id: dragged, to: stage });
              setDragged(null);
            }}
          >
            <h3 className="border-b border-line pb-1 text-sm font-medium">
              {labels[stage]} <span className="font-normal text-muted">{held.length}</span>
            </h3>
            <ul>
              {held.map((card) => (
                <BoardCard
                  key={card.id}
                  {...{ ...props, card }}
                  onHold={setDragged}
                  onKey={(event) => move(event, card.id)}
                  onOpen={(to) => setOpen({ id: card.id, to })}
                />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <Dialog
        title={opened ? nameOf(opened) : ""}
        wide
        open={opened !== undefined}
        onOpenChange={(shown) => (shown ? undefined : setOpen(null))}
      >
        {opened ? detail(opened, open?.to ?? null, () => setOpen(null)) : null}
      </Dialog>
    </>
  );
}

type BoardCardProps<C extends Card, S extends string> = StageBoardProps<C, S> & {
  card: C;
  onHold: (id: string | null) => void;
  onKey: (event: KeyboardEvent<HTMLButtonElement>) => void;
  onOpen: (to: S | null) => void;
};

function BoardCard<C extends Card, S extends string>(props: BoardCardProps<C, S>) {
  const { card, labels, nameOf, nextOf, mayMove, standing, onHold, onKey, onOpen } = props;
  const next = mayMove ? nextOf(card) : [];
  return (
    <li
      className="flex items-start gap-1 border-b border-line py-2"
      draggable={mayMove}
      onDragStart={() => onHold(card.id)}
      onDragEnd={() => onHold(null)}
    >
      <div className="min-w-0 flex-1">
        <button
          type="button"
          data-card={card.id}
          className="block w-full text-left font-medium wrap-anywhere hover:bg-wash"
          onKeyDown={onKey}
          onClick={() => onOpen(null)}
        >
          {nameOf(card)}
        </button>
        {standing(card)}
      </div>
      {next.length > 0 ? (
        <Menu
          trigger={
            <Button variant="bare" aria-label={`Move ${nameOf(card)}`}>
              ⋯
            </Button>
          }
        >
          {next.map((to) => (
            <MenuItem key={to} onSelect={() => onOpen(to)}>
              {labels[to]}
            </MenuItem>
          ))}
        </Menu>
      ) : null}
    </li>
  );
}
