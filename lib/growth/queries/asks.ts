import "server-only";
import { z } from "zod";
import type { Tx } from "@/lib/db";
import type { Figure, FigureAsk } from "@/lib/figures/schema";
import { peerFiguresOn } from "./benchmarks/peer-column";
import { driverFiguresOn } from "./drivers/drivers";
import { leverFiguresOn } from "./levers/levers";

const day = z.iso.date();
const driverArgs = z.object({ to: day, tree: z.int().nonnegative() });
const leverArgs = z.object({ to: day });

type Answer = (tx: Tx, venture: string, args: FigureAsk["args"]) => Promise<Figure[] | null>;

/** How the figures of the drivers' and the levers' pages are made again when somebody opens one. */
export const GROWTH_ASKS: Readonly<Record<string, Answer>> = {
  "growth.peers": peerFiguresOn,
  "growth.drivers": async (tx, venture, args) => {
    const read = driverArgs.safeParse(args);
    return read.success ? driverFiguresOn(tx, venture, read.data.to, read.data.tree) : null;
  },
  "growth.levers": async (tx, venture, args) => {
    const read = leverArgs.safeParse(args);
    return read.success ? leverFiguresOn(tx, venture, read.data.to) : null;
  },
};
