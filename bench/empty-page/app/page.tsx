import { connection } from "next/server";
import pg from "pg";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 4 });

// The least that a page of this stack can do: one query, one line.
export default async function Page() {
  await connection();
  const { rows } = await pool.query("SELECT count(*) AS n FROM venture");
  return <p>{rows[0].n} ventures</p>;
}
