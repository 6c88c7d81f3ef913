package io.holdfast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the map of docs/ARCHITECTURE.md. */
class ArchitectureTest {

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.holdfast");

    private static final String[] JDK = {"java..", "javax..", "org.jspecify..", ""};

    @Test
    void the_words_know_the_jdk_alone() {
        classes()
                .that()
                .resideInAPackage("io.holdfast.ledger")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(JDK, "io.holdfast.ledger"))
                .check(CODE);
        classes()
                .that()
                .resideInAPackage("io.holdfast.payout.spi")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(JDK, "io.holdfast.ledger", "io.holdfast.payout.spi"))
                .check(CODE);
        classes()
                .that()
                .resideInAPackage("io.holdfast.payout")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(JDK, "io.holdfast.ledger", "io.holdfast.payout.spi", "io.holdfast.payout"))
                .check(CODE);
    }

    @Test
    void packages_use_only_what_the_map_allows() {
        mayUse("io.holdfast.db..", "io.holdfast.db..");
        mayUse(
                "io.holdfast.ledger.postgres..",
                "io.holdfast.ledger",
                "io.holdfast.ledger.postgres..",
                "io.holdfast.db..");
        mayUse(
                "io.holdfast.books..",
                "io.holdfast.ledger",
                "io.holdfast.ledger.postgres.session",
                "io.holdfast.books..",
                "io.holdfast.db..");
        mayUse("io.holdfast.audit..", "io.holdfast.ledger", "io.holdfast.audit..", "io.holdfast.db..");
        mayUse(
                "io.holdfast.payout.engine..",
                "io.holdfast.ledger",
                "io.holdfast.ledger.postgres.session",
                "io.holdfast.audit",
                "io.holdfast.payout",
                "io.holdfast.payout.spi",
                "io.holdfast.payout.engine..",
                "io.holdfast.db..");
        mayUse("io.holdfast.provider..", "io.holdfast.ledger", "io.holdfast.payout.spi", "io.holdfast.provider..");
        slices().matching("io.holdfast.provider.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CODE);
        // A simulator is written from the provider's page, so it knows neither adapter nor engine.
        mayUse("io.holdfast.sandbox..", "io.holdfast.ledger", "io.holdfast.payout.spi", "io.holdfast.sandbox..");
    }

    @Test
    void sessions_are_shared_by_the_ledger_the_books_and_the_payouts_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.holdfast.ledger.postgres..", "io.holdfast.books..", "io.holdfast.payout.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.holdfast.ledger.postgres.session")
                .check(CODE);
    }

    @Test
    void jooq_stays_behind_the_packages_that_keep_data() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.holdfast.db..",
                        "io.holdfast.ledger.postgres..",
                        "io.holdfast.books..",
                        "io.holdfast.audit..",
                        "io.holdfast.payout.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jooq..")
                .check(CODE);
    }

    @Test
    void guice_stays_in_guice_packages_and_where_the_command_is_put_together() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..guice..", "io.holdfast.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.inject..")
                .check(CODE);
    }

    @Test
    void packages_use_only_the_libraries_that_the_map_names() {
        mayUseLibraries("io.holdfast.ledger.postgres..", "org.jooq..", "org.slf4j..");
        mayUseLibraries("io.holdfast.books..", "org.jooq..");
        mayUseLibraries("io.holdfast.audit..", "org.jooq..");
        mayUseLibraries("io.holdfast.payout.engine..", "org.jooq..", "org.slf4j..", "com.google.i18n.phonenumbers..");
        mayUseLibraries("io.holdfast.provider..", "com.fasterxml.jackson..", "com.google.i18n.phonenumbers..");
    }

    @Test
    void implementation_packages_show_one_public_type() {
        shows("io.holdfast.ledger.postgres", "PostgresLedger");
        shows("io.holdfast.payout.engine", "PayoutEngine");
    }

    @Test
    void adapters_show_the_provider_its_settings_and_what_these_are_made_of() {
        shows("io.holdfast.provider.*", "[A-Za-z]+Provider", "[A-Za-z]+Settings", "NkwaCallback");
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("io.holdfast.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(resideInGenerated(), DescribedPredicate.alwaysTrue())
                .check(CODE);
    }

    @Test
    void time_and_ids_come_from_outside() {
        noClasses()
                .that(mayNotAskTheMachine())
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(Clock.class, "system", ZoneId.class)
                .check(CODE);
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callConstructor(BigDecimal.class, double.class)
                .check(CODE);
    }

    private static void mayUse(String packages, String... allowed) {
        noClasses()
                .that()
                .resideInAPackage(packages)
                .and()
                .resideOutsideOfPackage("..guice..")
                .should()
                .dependOnClassesThat(DescribedPredicate.<JavaClass>describe(
                        "are of Holdfast and none of " + String.join(", ", allowed),
                        target -> target.getPackageName().startsWith("io.holdfast")
                                && !JavaClass.Predicates.resideInAnyPackage(allowed)
                                        .test(target)))
                .check(CODE);
    }

    private static DescribedPredicate<JavaClass> resideInGenerated() {
        return JavaClass.Predicates.resideInAPackage("io.holdfast.db.generated..");
    }

    private static void mayUseLibraries(String packages, String... libraries) {
        classes()
                .that()
                .resideInAPackage(packages)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(with(JDK, "io.holdfast.."), libraries))
                .check(CODE);
    }

    /** Checks that a package's public types are those of these names, beside what is nested in types. */
    private static void shows(String packages, String... names) {
        Pattern shown = Pattern.compile(String.join("|", names));
        noClasses()
                .that()
                .resideInAPackage(packages)
                .and()
                .areTopLevelClasses()
                .and(DescribedPredicate.describe(
                        "are named otherwise than " + shown,
                        type -> !shown.matcher(type.getSimpleName()).matches()))
                .should()
                .bePublic()
                .check(CODE);
    }

    /** All but where the command meets the machine, and where a host may put a clock of its own in the place of a default. */
    private static DescribedPredicate<JavaClass> mayNotAskTheMachine() {
        List<String> may = List.of(
                "io.holdfast.cli.Main",
                "io.holdfast.provider.zopay.ZopaySettings$Builder",
                "io.holdfast.payout.engine.EngineClock");
        return DescribedPredicate.describe("are none of " + may, type -> !may.contains(type.getName()));
    }

    private static String[] with(String[] some, String... more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
