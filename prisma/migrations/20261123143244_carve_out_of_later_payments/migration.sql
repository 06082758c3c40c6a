-- What management takes of every payment of a sale, fixed with the basis: { ratio, party, name }.
ALTER TABLE "distribution_basis" ADD COLUMN "carveOut" JSONB;
