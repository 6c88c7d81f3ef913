package io.holdfast.db;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the scripts that the change log includes, so that it is the only list of them. */
final class SchemaScripts {

    static final String CHANGE_LOG = "io/holdfast/db/changelog.xml";

    static List<SchemaScript> read() {
        List<SchemaScript> scripts = new ArrayList<>();
        for (String file : includedFiles()) {
            String name = file.substring(file.lastIndexOf('/') + 1, file.length() - ".sql".length());
            scripts.add(new SchemaScript(versionOf(name), name, text(file)));
        }
        return List.copyOf(scripts);
    }

    private static int versionOf(String name) {
        return Integer.parseInt(name.substring(0, name.indexOf('-')));
    }

    private static List<String> includedFiles() {
        List<String> files = new ArrayList<>();
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (InputStream in = open(CHANGE_LOG)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("include")) {
                    files.add(xml.getAttributeValue(null, "file"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(CHANGE_LOG + " is not a change log", e);
        }
        return files;
    }

    private static String text(String file) {
        try (InputStream in = open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) throws FileNotFoundException {
        InputStream in = SchemaScripts.class.getClassLoader().getResourceAsStream(file);
        if (in == null) {
            throw new FileNotFoundException(file + " is missing from the class path: is the Holdfast jar complete?");
        }
        return in;
    }

    private SchemaScripts() {}
}
