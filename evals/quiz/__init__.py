"""The evaluation of quiz items: automatic checks over many, and an audit of a sample read one by one."""
