import java.io.FileInputStream;
import java.io.InputStream;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/** Validates each file named on the command line as PDF/A-3a and as PDF/UA-1.
 *
 *  One line a verdict, tab-separated: file, profile, number of assertions, failed clauses. */
public class Validate {
    private static final String[][] PROFILES = {{"3a", "PDFA-3A"}, {"ua1", "PDFUA-1"}};

    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (String[] profile : PROFILES) {
            PDFAFlavour flavour = PDFAFlavour.fromString(profile[0]);
            ValidationProfile rules = load(profile[1]);
            for (String file : files) {
                ValidationResult result = validate(file, flavour, rules);
                System.out.printf("%s\t%s\t%d\t%s%n", file, profile[1],
                        result.getTotalAssertions(), failures(result));
            }
        }
    }

    private static ValidationProfile load(String name) throws Exception {
        String path = "/org/verapdf/pdfa/validation/" + name + ".xml";
        try (InputStream rules = Validate.class.getResourceAsStream(path)) {
            return Profiles.profileFromXml(rules);
        }
    }

    private static ValidationResult validate(String file, PDFAFlavour flavour, ValidationProfile rules)
            throws Exception {
        try (InputStream content = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(content, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(rules, false)) {
            return validator.validate(parser);
        }
    }

    private static String failures(ValidationResult result) {
        TreeMap<String, String> clauses = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                clauses.putIfAbsent(
                        assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber(),
                        assertion.getMessage().replaceAll("\\s+", " "));
            }
        }
        return clauses.isEmpty() ? "" : clauses.toString();
    }
}
