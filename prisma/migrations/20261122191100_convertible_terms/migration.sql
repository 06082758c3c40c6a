CREATE TABLE "convertible_terms" (
    "ventureId" UUID NOT NULL,
    "securityId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "valuationCap" DECIMAL(28,6),
    "discountRatio" DECIMAL(10,8),
    "mostFavoured" BOOLEAN NOT NULL DEFAULT false,
    "interestRatio" DECIMAL(10,8),
    "interestFrom" DATE,
    "maturesOn" DATE,
    "onExit" TEXT NOT NULL,
    "premiumRatio" DECIMAL(10,6),
    "evidence" TEXT NOT NULL,
    "answeredBy" TEXT NOT NULL,
    "answeredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "convertible_terms_pkey" PRIMARY KEY ("ventureId","securityId")
);
ALTER TABLE "convertible_terms" ADD CONSTRAINT "convertible_terms_kind" CHECK ("kind" IN ('safe', 'note'));
ALTER TABLE "convertible_terms" ADD CONSTRAINT "convertible_terms_on_exit" CHECK ("onExit" IN ('better', 'repaid'));
