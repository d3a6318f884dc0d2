package io.github.redislua.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * {@code redis-lua.reload}, and where nothing is said whether devtools is at work: being
 * on the class path is not enough, a packaged application or a test may have it there.
 */
class OnReloadCondition extends SpringBootCondition {

	private static final String PROPERTY = "redis-lua.reload";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Reload");
		Boolean reload = context.getEnvironment().getProperty(PROPERTY, Boolean.class);
		if (reload != null) {
			return new ConditionOutcome(reload, message.because(PROPERTY + " is " + reload));
		}
		if (ClassUtils.isPresent("org.springframework.boot.devtools.restart.Restarter", context.getClassLoader())
				&& DevTools.isActive()) {
			return ConditionOutcome.match(message.because("devtools is active"));
		}
		return ConditionOutcome.noMatch(message.because(PROPERTY + " is not set, and devtools is not active"));
	}

	/**
	 * Apart, because devtools need not be there.
	 */
	private static final class DevTools {

		static boolean isActive() {
			try {
				return Restarter.getInstance().getInitialUrls() != null;
			}
			catch (IllegalStateException ex) {
				// Nobody has initialized it.
				return false;
			}
		}

	}

}
