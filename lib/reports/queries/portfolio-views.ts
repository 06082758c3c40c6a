import "server-only";

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

/** Of the reader `$2`. */
export const KEPT_VIEWS = `COALESCE((
    SELECT json_agg(json_build_object('id', p."id", 'name', p."name", 'query', p."query", 'shared', p."shared",
      'version', p."version", 'own', p."userId"::text = $2, 'by', u."name", 'start', b."viewId" IS NOT NULL)
      ORDER BY p."userId"::text <> $2, lower(p."name"), p."id")
    FROM "portfolio_view" p JOIN "app_user" u ON u."id" = p."userId"
    LEFT JOIN "portfolio_start" b ON b."viewId" = p."id" AND b."userId"::text = $2
    WHERE p."userId"::text = $2 OR p."shared"), '[]')`;
