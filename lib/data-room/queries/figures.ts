import "server-only";
import { z } from "zod";
import type { Tx } from "@/lib/db";
import type { Figure, FigureAsk } from "@/lib/figures/schema";
import { roomFiguresOn } from "../queries";
import { engagementFiguresOn } from "./engagement";

const args = z.object({ room: z.uuid(), day: z.iso.date() });

async function figuresIn(tx: Tx, ventureId: string, roomId: string, day: string): Promise<Figure[] | null> {
  if ((await tx.dataRoom.count({ where: { id: roomId, ventureId } })) === 0) return null;
  const [room, engagement] = [await roomFiguresOn(tx, roomId, day), await engagementFiguresOn(tx, roomId, day)];
  return [...room.values(), ...engagement.values()];
}

async function answer(tx: Tx, venture: string, asked: FigureAsk["args"]): Promise<Figure[] | null> {
  const read = args.safeParse(asked);
  return read.success ? figuresIn(tx, venture, read.data.room, read.data.day) : null;
}

/** How the figures of a room are made when somebody opens one. */
export const DATA_ROOM_ASKS: Readonly<
  Record<string, (tx: Tx, venture: string, asked: FigureAsk["args"]) => Promise<Figure[] | null>>
> = {
  "data-room": answer,
  "data-room.engagement": answer,
};

/** For the recompute registry: as of the same day, from what the room holds now. */
export async function recomputeRoomFigure(
  tx: Tx,
  { figure, ventureId }: { figure: Figure; ventureId: string | null },
): Promise<Figure[] | null> {
  const { room } = figure.inputs;
  const id = room && "value" in room ? room.value : null;
  if (typeof id !== "string" || !ventureId) return null;
  const figures = await figuresIn(tx, ventureId, id, figure.asOf);
  const again = figures?.find((one) => one.id === figure.id);
  return again ? [again] : null;
}
