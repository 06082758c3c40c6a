-- AlterTable
ALTER TABLE "share_class_terms" ADD COLUMN     "conversionRatio" DECIMAL(20,10),
ADD COLUMN     "liquidationMultiple" DECIMAL(20,10);
