import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/db";

export type KeptView = {
  id: string;
  name: string;
  query: string;
  shared: boolean;
  version: number;
  own: boolean;
  /** Whose it is. */
  by: string;
  /** The reader's portfolio opens with it. */
  start: boolean;
};

const KEPT = `
  SELECT p."id", p."name", p."query", p."shared", p."version", p."userId" = $1::uuid AS "own", u."name" AS "by",
    b."viewId" IS NOT NULL AS "start"
  FROM "portfolio_view" p JOIN "app_user" u ON u."id" = p."userId"
  LEFT JOIN "portfolio_start" b ON b."viewId" = p."id" AND b."userId" = $1::uuid
  WHERE p."userId" = $1::uuid OR p."shared"
  ORDER BY p."userId" <> $1::uuid, lower(p."name"), p."id"`;

/** One's own views of the portfolio, then those that others share, by name. */
export const listKeptViews = (actor: Actor): Promise<KeptView[]> => read<KeptView>(KEPT, [actor.id]);
