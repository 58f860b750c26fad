package cloud.gardener.logging.tool.check;

import cloud.gardener.logging.config.MetadataConfig;
import cloud.gardener.logging.tool.fluentbit.ConfigFileException;
import cloud.gardener.logging.tool.fluentbit.HostVariables;
import cloud.gardener.logging.tool.fluentbit.Section;
import cloud.gardener.logging.tool.fluentbit.TagPattern;
import com.google.re2j.Matcher;
import java.util.Optional;

/** Determines what an output does with records of a given tag. */
final class TagCheck {
  private TagCheck() {}

  static Finding check(String tag, Section output, HostVariables variables, MetadataConfig metadata)
      throws ConfigFileException {
    Optional<TagPattern> pattern = TagPattern.of(output, variables);
    if (pattern.isPresent() && !pattern.get().matches(tag)) {
      return Finding.info(output.place(), pattern.get() + " does not match the tag: Fluent Bit sends its records elsewhere");
    }
    Matcher matcher = metadata.tagExpression().matcher(tag);
    if (matcher.find() && matcher.groupCount() == MetadataConfig.TAG_GROUPS) {
      return Finding.info(
          output.place(),
          "the tag names pod " + matcher.group(1) + ", namespace " + matcher.group(2) + ", container "
              + matcher.group(3) + ", container id " + matcher.group(4));
    }
    String text =
        "TagPrefix and TagExpression do not match the tag: " + metadata.tagExpression().pattern();
    return metadata.fallbackToTag()
        ? Finding.error(output.place(), text)
        : Finding.info(
            output.place(), text + "; no effect while FallbackToTagWhenMetadataIsMissing is false");
  }
}
